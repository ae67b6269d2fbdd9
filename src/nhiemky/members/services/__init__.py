"""Every write of the register: `ledger` books movements, `bodies` terms and seats, `reading` notes who looked."""
