"""Files and frames to figures, each with its place: what cannot be understood is a problem there."""
