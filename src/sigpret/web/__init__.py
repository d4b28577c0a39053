"""The shell: templates, components, charts, navigation and what every screen shares."""
