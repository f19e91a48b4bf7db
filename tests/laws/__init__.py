"""Laws that hold for every case, tried on random ones."""
