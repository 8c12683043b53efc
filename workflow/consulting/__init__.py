"""Ask other bodies in writing about those who apply (征求意见), and keep their replies."""
