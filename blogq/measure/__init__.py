"""What can be counted in prose: sentences, words, syllables, and the figures made of them."""
