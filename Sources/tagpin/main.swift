print("tagpin")
