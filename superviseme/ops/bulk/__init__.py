"""One act on many theses or projects at once, each by the law; archiving has an undo."""
