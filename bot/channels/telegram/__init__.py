"""Telegram: messages in, answers with sources out. ``service.run`` alone, ``service.serve_in`` beside others."""
