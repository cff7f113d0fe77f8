# Factors, systems and norms of complex matrices; vectors that are determined up to a phase are looked at through what they give.
def c(*size):
    return torch.complex(f(*size), f(*reversed(size)).reshape(size) / 2)

def cs(n):
    return c(n, n) + 4 * torch.eye(n)

# Hermitian; and positive definite.
def ch(n):
    return c(n, n) + c(n, n).mH

def cpd(n):
    return c(n, n) @ c(n, n).mH / 8 + torch.eye(n)

def parts(z):
    return torch.view_as_real(z)

parts(torch.linalg.cholesky(cpd(3))), parts(torch.linalg.cholesky(cpd(3), upper=True)), parts(torch.linalg.cholesky_ex(torch.stack((cpd(2), cpd(2) * 2))).L), torch.linalg.cholesky_ex(torch.stack((cpd(2), -cpd(2)))).info, parts(torch.cholesky_solve(c(3, 2), torch.linalg.cholesky(cpd(3)))), parts(torch.cholesky_inverse(torch.linalg.cholesky(cpd(3)))), parts(torch.cholesky_inverse(torch.linalg.cholesky(cpd(2), upper=True), upper=True))
Q, R = torch.linalg.qr(c(4, 3))
tall, tau = torch.geqrf(c(4, 3))
parts(Q), parts(R), parts(torch.linalg.qr(c(3, 4))[1]), parts(torch.linalg.qr(c(3, 2), mode='complete')[0]), parts(torch.linalg.qr(c(2, 3, 2)).Q), parts(torch.linalg.qr(c(3, 2), mode='r').R), parts(tall), parts(tau), parts(torch.linalg.householder_product(tall, tau)), parts(torch.ormqr(tall, tau, c(4, 2))), parts(torch.ormqr(tall, tau, c(2, 4), left=False, transpose=True)), parts(torch.ormqr(tall, tau, c(4, 2), transpose=True))
P, L, U = torch.linalg.lu(c(3, 4))
LU, pivots = torch.linalg.lu_factor(cs(3))
parts(P), parts(L), parts(U), parts(LU), pivots, parts(torch.linalg.lu(c(4, 2))[1]), torch.linalg.lu_factor_ex(torch.stack((cs(2), c(2, 2)))).info, parts(torch.lu_unpack(LU, pivots)[2]), parts(torch.linalg.lu_solve(LU, pivots, c(3, 2))), parts(torch.linalg.lu_solve(LU, pivots, c(3, 2), adjoint=True)), parts(torch.linalg.lu_solve(LU, pivots, c(2, 3), left=False) * 1), parts(torch.linalg.lu_solve(LU, pivots, c(2, 3), left=False, adjoint=True) * 1)
values, vectors = torch.linalg.eigh(ch(4))
values, parts(vectors @ torch.diag(values).cfloat() @ vectors.mH), torch.linalg.eigvalsh(ch(3)), torch.linalg.eigvalsh(c(3, 3), UPLO='U'), torch.linalg.eigvalsh(torch.stack((ch(2), cpd(2)))), parts(torch.linalg.eigh(ch(3))[1].abs().square().sum(0).cfloat())
U2, S2, Vh2 = torch.linalg.svd(c(4, 3), full_matrices=False)
U3, S3, Vh3 = torch.linalg.svd(c(2, 3))
S2, parts(U2 @ torch.diag(S2).cfloat() @ Vh2), S3, parts(U3 @ torch.diag(S3).cfloat() @ Vh3[:2]), parts(Vh3 @ Vh3.mH), torch.svd(c(3, 2)).S, torch.linalg.svd(c(2, 3, 3)).S
parts(torch.linalg.lstsq(c(4, 2), c(4, 3)).solution), torch.linalg.lstsq(c(4, 2), c(4, 3), driver='gels').residuals, torch.linalg.lstsq(c(2, 3), c(2, 1), driver='gelsd').rank, parts(torch.linalg.solve_triangular(cs(3), c(3, 2), upper=True)), parts(torch.linalg.solve_triangular(cs(3), c(2, 3), upper=False, left=False, unitriangular=True)), parts(torch.triangular_solve(c(3, 2), cs(3), transpose=True)[0]), parts(torch.linalg.pinv(ch(3), hermitian=True)), torch.linalg.cond(cs(3)), torch.linalg.cond(cs(3), 1), parts(torch.linalg.tensorsolve(torch.eye(6).reshape(2, 3, 6) * 4 + c(2, 3, 6), c(2, 3))), parts(torch.linalg.tensorinv(torch.eye(6).reshape(2, 3, 6) * 4 + c(2, 3, 6))), parts(torch.linalg.vander(c(3) / 2)), parts(torch.vander(c(3) / 2, N=2))
