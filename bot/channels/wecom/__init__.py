"""WeCom (企业微信): the robot that staff talk to, over its outbound websocket (智能机器人长连接)."""
