using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

public sealed class ServerTrustTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trust");
    private readonly TestIssuer _private = TestIssuer.Root("Private");
    private readonly TestIssuer _public = TestIssuer.Root("Public");
    private readonly TestIssuer _unknown = TestIssuer.Root("Unknown");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_private_authority_is_trusted_beside_the_systems()
    {
        var trust = ServerTrust.Of([_private.Certificate], System(_public.Pem));
        var inner = _public.Inner("Inner");

        Assert.Null(await RefusalAsync(trust, _private.Leaf()));
        Assert.Null(await RefusalAsync(trust, inner.Leaf(), inner.Certificate));
        Assert.Contains("not trusted here; name its file as caFile", await RefusalAsync(trust, _unknown.Leaf()));
    }

    [Fact]
    public async Task Without_a_private_authority_the_systems_are_trusted()
    {
        var trust = ServerTrust.Of([], System(_public.Pem));

        Assert.Null(await RefusalAsync(trust, _public.Leaf()));
        Assert.Contains("name its file as caFile", await RefusalAsync(trust, _private.Leaf()));
    }

    [Fact]
    public async Task An_authority_that_the_system_removes_is_no_longer_trusted()
    {
        var trust = ServerTrust.Of([], System(_public.Pem));
        Assert.Null(await RefusalAsync(trust, _public.Leaf()));

        File.WriteAllText(Path.Combine(_folder.FullName, "bundle.crt"), "");

        Assert.Contains("not trusted here", await RefusalAsync(trust, _public.Leaf()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_expired_certificate_is_refused_with_its_dates(bool isPrivate)
    {
        var trust = ServerTrust.Of([_private.Certificate], System(_public.Pem));
        using var leaf = (isPrivate ? _private : _public).Leaf(details => details.Expired());

        var refusal = await RefusalAsync(trust, leaf);

        Assert.Contains(isPrivate ? $"valid from {leaf.NotBefore:yyyy-MM-dd} to" : "valid", refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_for_another_host_is_refused(bool isPrivate)
    {
        var trust = ServerTrust.Of([_private.Certificate], System(_public.Pem));
        using var leaf = (isPrivate ? _private : _public).Leaf(details => details with { Host = "example.com" });

        Assert.Contains("for another host", await RefusalAsync(trust, leaf));
    }

    [Fact]
    public async Task Given_authorities_alone_leave_the_system_out()
    {
        var trust = ServerTrust.Only([_private.Certificate]);

        Assert.Null(await RefusalAsync(trust, _private.Leaf()));
        Assert.EndsWith("not trusted here", await RefusalAsync(trust, _unknown.Leaf()));
    }

    [Fact]
    public async Task A_given_intermediate_needs_no_root()
    {
        var inner = _private.Inner("Inner");
        var trust = ServerTrust.Only([inner.Certificate]);

        Assert.Null(await RefusalAsync(trust, inner.Leaf()));
        Assert.Null(await RefusalAsync(trust, inner.Leaf(), inner.Certificate));
        Assert.Contains("valid from", await RefusalAsync(trust, inner.Leaf(leaf => leaf.Expired())));
        Assert.Contains("another host", await RefusalAsync(trust, inner.Leaf(leaf => leaf with { Host = "b.c" })));
        Assert.Contains("not trusted", await RefusalAsync(trust, _private.Leaf()));
    }

    [Fact]
    public async Task A_forged_certificate_with_the_serial_number_of_a_given_intermediate_is_refused()
    {
        var inner = _private.Inner("Inner", details => details with { Serial = [7] });
        var forged = TestIssuer.Root("Private").Inner("Inner", details => details with { Serial = [7] });
        Assert.Equal<X509Certificate>(inner.Certificate, forged.Certificate); // by issuer and serial number

        var refusal = await RefusalAsync(ServerTrust.Only([inner.Certificate]), forged.Leaf(), forged.Certificate);

        Assert.NotNull(refusal);
    }

    private static Task<string?> RefusalAsync(
        ServerTrust trust, X509Certificate2 leaf, params X509Certificate2[] others) =>
        TlsServer.RefusalAsync(trust, leaf, others, Cancelled);

    private SystemAuthorities System(string bundle)
    {
        var variables = new TrustCase(true, bundle).Write(_folder.FullName);
        return new SystemAuthorities(variables.GetValueOrDefault);
    }
}
