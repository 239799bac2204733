"""Kills Sightline's local stack on purpose and checks what is left and what comes of it."""
