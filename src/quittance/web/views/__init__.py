"""One file per word: parse the input, ask access, call one service or one report, answer."""
