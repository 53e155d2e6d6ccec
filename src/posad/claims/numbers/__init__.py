"""The number in the words of a link: read, judged, said in their own way, mended in the file."""
