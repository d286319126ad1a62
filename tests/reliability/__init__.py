"""What tries to break Readout: broken files, kills, refusals of the system, odd surroundings."""
