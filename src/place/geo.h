/* geo: distances and steps on the sphere (radius 6371 km). Degrees in, kilometres out. */
#ifndef SITREP_PLACE_GEO_H
#define SITREP_PLACE_GEO_H

typedef struct geo_point {
    double lat, lon;
} geo_point;

/* Great-circle distance by the haversine formula. */
double geo_km(geo_point a, geo_point b);

/* The point `km` away in the direction `bearing` (degrees clockwise from north). */
geo_point geo_step(geo_point from, double bearing, double km);

/* Degrees of "N", "NE" … "NW"; -1 for anything else. */
double geo_bearing(const char *compass, int len);

#endif
