# Attention.
F.scaled_dot_product_attention(f(2, 3, 4), f(2, 5, 4), f(2, 5, 6)), F.scaled_dot_product_attention(f(2, 2, 3, 4), f(2, 2, 3, 4), f(2, 2, 3, 4), is_causal=True), F.scaled_dot_product_attention(f(3, 4), f(5, 4), f(5, 4), scale=0.25)
F.scaled_dot_product_attention(f(2, 2, 3, 4), f(2, 2, 5, 4), f(2, 2, 5, 4), attn_mask=b(3, 5)), F.scaled_dot_product_attention(f(2, 2, 3, 4), f(2, 2, 5, 4), f(2, 2, 5, 4), attn_mask=f(2, 1, 3, 5)), F.scaled_dot_product_attention(f(1, 3, 4), f(1, 2, 4), f(1, 2, 4), attn_mask=torch.tensor([[True, False], [False, False], [True, True]]))
F.scaled_dot_product_attention(f(1, 4, 3, 4), f(1, 2, 3, 4), f(1, 2, 3, 4), enable_gqa=True)
F.multi_head_attention_forward(f(3, 2, 4), f(5, 2, 4), f(5, 2, 4), 4, 2, f(12, 4) / 4, f(12), None, None, False, 0.0, f(4, 4), f(4), training=False)
F.multi_head_attention_forward(f(3, 2, 4), f(5, 2, 4), f(5, 2, 4), 4, 2, f(12, 4) / 4, f(12), f(1, 1, 4), f(1, 1, 4), True, 0.0, f(4, 4), f(4), training=False, attn_mask=f(3, 5), average_attn_weights=False)
F.multi_head_attention_forward(f(3, 2, 4), f(5, 2, 6), f(5, 2, 3), 4, 2, None, f(12), None, None, False, 0.0, f(4, 4), f(4), training=False, key_padding_mask=b(2, 5), attn_mask=torch.zeros(3, 5), use_separate_proj_weight=True, q_proj_weight=f(4, 4), k_proj_weight=f(4, 6), v_proj_weight=f(4, 3))
