"""Keep the titles (称号) that units hold: what befell each, and the register of all."""
