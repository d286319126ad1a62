"""From the derived site to pages: Markdown and data, as bytes by address."""
