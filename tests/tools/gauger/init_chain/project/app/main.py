print('Table')
