built in: ${title}
