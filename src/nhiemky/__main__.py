from nhiemky.config.cli import main

raise SystemExit(main())
