"""The WeChat public account (公众号): a webhook on the web app, the wire format in one file."""
