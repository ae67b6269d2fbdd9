"""The demo province: generated with a fixed seed, no real person, history from 2015 to October 2026."""
