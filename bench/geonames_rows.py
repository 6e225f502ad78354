#!/usr/bin/env python3
"""Writes a table like GeoNames' allCountries: geonames_rows.py ROWS > rows.txt

Names are put together from syllables, about as long and with as many other names as GeoNames has on average; provinces
and districts of 60 countries stand among them. The same number gives the same table."""
import random
import sys

SYLLABLES = "al ba da far gol hu kar lem mu nar qas ra sha tel um wad yar zen ker bir deir min sam tor ves kol".split()
COUNTRIES = "SY IQ UA AF YE ML SD SS SO ET NG CD MM PK IN LB JO EG LY TN DZ MA TR IR SA RU BY GE AM AZ KZ UZ TM TJ KG NP BD " \
            "LK TH VN PH ID CO VE PE BO BR MX GT HN SV US FR DE ES IT PL RO GR".split()
KINDS = [("P", "PPL")] * 45 + [("S", "FRM"), ("S", "SCH"), ("S", "MSQE"), ("H", "STM"), ("H", "WLL"), ("T", "HLL"), ("T", "MT"),
                               ("L", "LCTY"), ("V", "FRST"), ("A", "ADM4")] * 5


def name(rng):
    words = ["".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
             for _ in range(rng.choice((1, 1, 2)))]
    return " ".join(words)


def main():
    rng = random.Random(7)
    out, number = sys.stdout, 20000000
    for country in COUNTRIES:
        for a in range(1, 21):
            rows = [("A", "ADM1", f"{a:02d}", "")] + [("A", "ADM2", f"{a:02d}", f"{a:02d}{d:02d}") for d in range(1, 13)]
            for kind, code, a1, a2 in rows:
                number += 1
                n = name(rng)
                out.write(f"{number}\t{n} Province\t{n} Province\t{n}\t{rng.uniform(-50, 60):.5f}\t{rng.uniform(-170, 170):.5f}\t"
                          f"{kind}\t{code}\t{country}\t\t{a1}\t{a2}\t\t\t0\t\t100\tEtc/UTC\t2020-01-01\n")
    for _ in range(int(sys.argv[1])):
        number += 1
        n = name(rng)
        kind, code = rng.choice(KINDS)
        others = ",".join(name(rng) for _ in range(rng.choice((0, 0, 1, 2))))
        a = rng.randrange(1, 21)
        out.write(f"{number}\t{n}\t{n}\t{others}\t{rng.uniform(-50, 60):.5f}\t{rng.uniform(-170, 170):.5f}\t{kind}\t{code}\t"
                  f"{rng.choice(COUNTRIES)}\t\t{a:02d}\t{a:02d}{rng.randrange(1, 13):02d}\t\t\t{rng.choice((0, 0, 0, 120, 3000))}"
                  f"\t\t100\tEtc/UTC\t2020-01-01\n")


main()
