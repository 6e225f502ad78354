"""Tags and parses with UDPipe: run_udpipe.py FOLDER text FILE | gold FILE.conllu; CoNLL-U on standard output."""
import os
import sys

import ufal.udpipe as udpipe


def load(folder, name):
    path = os.path.join(folder, name + ".udpipe")
    model = udpipe.Model.load(path) if os.path.exists(path) else None
    if model is None:
        sys.exit("no model %s: compare.py --train" % path)
    return model


def main():
    folder, kind, path = sys.argv[1:4]
    tagger, parser = load(folder, "tagger"), load(folder, "parser")
    error, output = udpipe.ProcessingError(), udpipe.OutputFormat.newConlluOutputFormat()
    text = open(path, encoding="utf-8").read()
    reader = (udpipe.InputFormat.newGenericTokenizerInputFormat() if kind == "text"
              else udpipe.InputFormat.newConlluInputFormat())
    reader.setText(text)
    sentence = udpipe.Sentence()
    while reader.nextSentence(sentence, error):
        tagger.tag(sentence, udpipe.Pipeline.DEFAULT)
        parser.parse(sentence, udpipe.Pipeline.DEFAULT)
        sys.stdout.write(output.writeSentence(sentence))
        sentence = udpipe.Sentence()
    if error.occurred():
        sys.exit(error.message)


main()
