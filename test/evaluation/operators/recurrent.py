# Recurrent layers, with the parameters set by the code.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (3 + index))
    return module.eval()

set_all(nn.LSTM(3, 4))(f(5, 2, 3)), set_all(nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True))(f(2, 3, 3)), set_all(nn.LSTM(3, 4, proj_size=2))(f(3, 2, 3)), set_all(nn.LSTM(3, 4, bias=False))(f(3, 3))
set_all(nn.LSTM(3, 4))(f(2, 2, 3), (f(1, 2, 4), f(1, 2, 4) / 2))
set_all(nn.GRU(3, 4))(f(5, 2, 3)), set_all(nn.GRU(3, 4, num_layers=2, bidirectional=True, dropout=0.5))(f(3, 2, 3), f(4, 2, 4)), set_all(nn.GRU(3, 2, batch_first=True))(f(2, 4, 3))
set_all(nn.RNN(3, 4))(f(5, 2, 3)), set_all(nn.RNN(3, 4, nonlinearity='relu', bidirectional=True))(f(3, 2, 3))
set_all(nn.LSTMCell(3, 4))(f(2, 3)), set_all(nn.GRUCell(3, 4))(f(2, 3), f(2, 4)), set_all(nn.RNNCell(3, 4))(f(2, 3)), set_all(nn.RNNCell(3, 4, nonlinearity='relu'))(f(3)), set_all(nn.LSTMCell(3, 4))(f(3), (f(4), f(4)))
nn.utils.rnn.pad_sequence([f(3, 2), f(1, 2), f(2, 2)]), nn.utils.rnn.pad_sequence([f(3), f(1)], batch_first=True, padding_value=-1.0), nn.utils.rnn.pad_sequence([i(3), i(1)], batch_first=True, padding_side='left')
packed = nn.utils.rnn.pack_padded_sequence(f(4, 3, 3), [4, 2, 1])
out, (h, c) = set_all(nn.LSTM(3, 4, bidirectional=True))(packed)
out.data, h, c
nn.utils.rnn.pad_packed_sequence(set_all(nn.GRU(3, 2))(nn.utils.rnn.pack_padded_sequence(f(2, 4, 3), [2, 4], batch_first=True, enforce_sorted=False))[0], batch_first=True)[0]
torch.lstm_cell(f(2, 3), (f(2, 4), f(2, 4)), f(16, 3), f(16, 4), f(16), f(16)), torch.gru_cell(f(2, 3), f(2, 4), f(12, 3), f(12, 4)), torch.rnn_tanh_cell(f(2, 3), f(2, 4), f(4, 3), f(4, 4), f(4), f(4)), torch.rnn_relu_cell(f(2, 3), f(2, 4), f(4, 3), f(4, 4))
