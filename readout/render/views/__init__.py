"""One flat record per page type, made for its template: nothing is sorted or looked up there."""
