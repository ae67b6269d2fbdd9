"""Rules of transfers: kinds, states, time limits, and what stands against sending and receiving."""
