"""Read applications (申报), judge who may make one, and follow them through their procedure."""
