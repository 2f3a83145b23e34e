"""The same, which reports on the socket and continues from its checkpoints."""

import mohpo
import torch

trial = mohpo.trial(width=8, rate=0.1)
torch.manual_seed(0)
torch.set_num_threads(1)
X = torch.randn(512, 16)
y = (X[:, :4].sum(1, keepdim=True) > 0).float()
model = torch.nn.Sequential(
    torch.nn.Linear(16, trial.width), torch.nn.Tanh(), torch.nn.Linear(trial.width, 1)
)
optimizer = torch.optim.SGD(model.parameters(), lr=trial.rate)
if trial.resource:
    model.load_state_dict(torch.load(trial.dir / f"{trial.resource}.pt"))
for epoch in range(trial.resource + 1, 10):
    for batch in range(0, 512, 64):
        optimizer.zero_grad()
        output = model(X[batch : batch + 64])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(output, y[batch : batch + 64])
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        accuracy = round(((model(X) > 0).float() == y).float().mean().item(), 4)
    trial.report(epoch=epoch, accuracy=accuracy, size=18 * trial.width)
    torch.save(model.state_dict(), trial.dir / "new.pt")
    (trial.dir / "new.pt").rename(trial.dir / f"{epoch}.pt")
    trial.checkpoint(epoch)
