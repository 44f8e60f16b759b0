"""HTTP itself: who may enter, limits, paging, problems, streams; what every router answers through."""
