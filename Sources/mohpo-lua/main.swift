print("mohpo-lua")
