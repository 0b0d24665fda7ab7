"""The print register: what was printed compared with what is so today."""
