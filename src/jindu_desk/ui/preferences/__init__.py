"""设置: look, data folder, backups, own key, wording of papers, version."""
