"""Keep the points of a return (退回): what is asked at which place, and what became of it."""
