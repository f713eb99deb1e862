"""The league server (盟级服务端): one ordered log, devices and their areas, where laptops meet. Knows no window and no paper."""
