def retire(:
