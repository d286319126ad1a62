"""What authors write: reading it (`load`) and judging it (`check`)."""
