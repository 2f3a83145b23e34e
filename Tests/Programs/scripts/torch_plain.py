"""A training script with PyTorch that knows nothing of mohpo-lua, and prints JSON."""

import json
import sys

import torch

width, rate = int(sys.argv[1]), float(sys.argv[2])
torch.manual_seed(0)
torch.set_num_threads(1)
X = torch.randn(512, 16)
y = (X[:, :4].sum(1, keepdim=True) > 0).float()
model = torch.nn.Sequential(torch.nn.Linear(16, width), torch.nn.Tanh(), torch.nn.Linear(width, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=rate)
for epoch in range(1, 10):
    for batch in range(0, 512, 64):
        optimizer.zero_grad()
        output = model(X[batch : batch + 64])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(output, y[batch : batch + 64])
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        accuracy = round(((model(X) > 0).float() == y).float().mean().item(), 4)
    print(json.dumps({"epoch": epoch, "accuracy": accuracy, "size": 18 * width}))
