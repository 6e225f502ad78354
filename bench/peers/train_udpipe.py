"""Trains a UDPipe model: train_udpipe.py TRAIN.conllu FOLDER. Tagger and parser come into files of their own, so that
what is done stays done; settings far below UDPipe's own, for some 15 minutes of one core."""
import os
import sys
import time

import ufal.udpipe as udpipe

TAGGER = "models=1;iterations=4;use_feats=0;provide_feats=0"
PARSER = ("iterations=4;embedding_upostag=20;embedding_feats=0;embedding_xpostag=20;embedding_form=50;"
          "embedding_deprel=20;learning_rate=0.02;learning_rate_final=0.001;l2=0.3;hidden_layer=100;batch_size=10;"
          "transition_system=projective;transition_oracle=static;structured_interval=0;single_root=1;use_gold_tags=1")


def read(path):
    reader, sentences, error = udpipe.InputFormat.newConlluInputFormat(), udpipe.Sentences(), udpipe.ProcessingError()
    reader.setText(open(path, encoding="utf-8").read())
    while True:
        sentence = udpipe.Sentence()
        if not reader.nextSentence(sentence, error):
            break
        sentences.append(sentence)
    if error.occurred():
        sys.exit(error.message)
    return sentences


def train(sentences, path, tagger, parser):
    if os.path.exists(path):
        print("%s is there" % path)
        return
    start, error, none = time.process_time(), udpipe.ProcessingError(), udpipe.Trainer.NONE
    model = udpipe.Trainer.train("morphodita_parsito", sentences, udpipe.Sentences(), none, tagger, parser, error)
    if error.occurred():
        sys.exit(error.message)
    with open(path, "wb") as f:
        f.write(model if isinstance(model, bytes) else model.encode("latin1"))
    print("%s: %.0f s of processor time" % (path, time.process_time() - start))


def main():
    sentences, none = read(sys.argv[1]), udpipe.Trainer.NONE
    train(sentences, os.path.join(sys.argv[2], "tagger.udpipe"), TAGGER, none)
    train(sentences, os.path.join(sys.argv[2], "parser.udpipe"), none, PARSER)


main()
