"""What a site shows of itself elsewhere: share images, icons, the web manifest. Loaded only where one is made."""
