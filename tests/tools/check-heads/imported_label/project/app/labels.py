BILLING = 'billing'
