using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Tracebloc.Net.Tests;

/// <summary>
/// Each handshake ends as .NET's own does. It has no authorities beside the system's: where ours gets a private one,
/// its bundle holds that as well.
/// </summary>
public sealed class HandshakeTests : IDisposable
{
    private static readonly TestIssuer System = TestIssuer.Root("System");
    private static readonly TestIssuer Private = TestIssuer.Root("Private");
    private static readonly TestIssuer Unknown = TestIssuer.Root("Unknown");
    private static readonly TestIssuer Inner = Private.Inner("Inner");

    private static readonly Dictionary<string, (X509Certificate2[] Chain, string Expected)> Cases = new()
    {
        ["of the system"] = ([System.Leaf()], "trusted"),
        ["of the system, wrong name"] = ([System.Leaf(Elsewhere)], "refused * another host*"),
        ["of the system, expired"] = ([System.Leaf(leaf => leaf.Expired())], "refused * valid from *"),
        ["private"] = ([Private.Leaf()], "trusted"),
        ["private, wrong name"] = ([Private.Leaf(Elsewhere)], "refused * another host*"),
        ["private, expired"] = ([Private.Leaf(leaf => leaf.Expired())], "refused * valid from *"),
        ["private, by an intermediate"] = ([Inner.Leaf(), Inner.Certificate], "trusted"),
        ["private, without its intermediate"] = ([Inner.Leaf()], "refused * not trusted here*"),
        ["private, root sent as well"] = ([Private.Leaf(), Private.Certificate], "trusted"),
        ["private, cross-signed by the system"] = (
            [Private.Leaf(), Private.SignedBy(System).Certificate], "trusted"),
        ["unknown, cross-signed by the system"] = (
            [Unknown.Leaf(), Unknown.SignedBy(System).Certificate], "trusted"),
        ["unknown"] = ([Unknown.Leaf()], "refused * not trusted here*"),
        ["unknown, root sent as well"] = ([Unknown.Leaf(), Unknown.Certificate], "refused * not trusted here*"),
        ["unknown, wrong name"] = ([Unknown.Leaf(Elsewhere)], "refused * another host*"),
        ["another root of the private one's name"] = (
            [TestIssuer.Root("Private").Leaf()], "refused *"),
        ["the name in other letters"] = ([System.Leaf(leaf => leaf with { Host = "LocalHost" })], "trusted"),
        ["a wildcard for the name's neighbours"] = (
            [System.Leaf(leaf => leaf with { Host = "*.localhost" })], "refused * another host*"),
        ["no alternative name"] = ([System.Leaf(leaf => leaf with { Host = null })], "refused * another host*"),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("handshake");

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_is_trusted_where_the_runtime_trusts_it(string name)
    {
        var (chain, expected) = Cases[name];

        var runtime = await AskAsync(TlsClient.ByRuntime, chain, System.Pem + Private.Pem);
        var ours = await AskAsync(TlsClient.Ours, chain, System.Pem);
        var inProgram = await AskAsync(TlsClient.InProgram, chain, System.Pem);

        Assert.Equal(runtime, ours.Split(' ')[0]);
        Assert.Equal(ours, inProgram);
        Assert.All(expected.Split('*'), part => Assert.Contains(part.Trim(), ours, StringComparison.Ordinal));
    }

    private static TestIssuer.Details Elsewhere(TestIssuer.Details leaf) => leaf with { Host = "example.com" };

    private Task<string> AskAsync(string question, X509Certificate2[] chain, string bundle)
    {
        var folder = _folder.CreateSubdirectory(question).FullName;
        var environment = new TrustCase(true, bundle).Write(folder);
        var authorities = Path.Combine(folder, "private.pem");
        File.WriteAllText(authorities, Private.Pem);
        return TlsServer.ServeAsync(chain[0], chain[1..], Connect, Cancelled);

        Task<string> Connect(int port)
        {
            environment[TlsClient.Port] = port.ToString(CultureInfo.InvariantCulture);
            return RuntimeOracle.AskAsync(question, environment, authorities, Cancelled);
        }
    }
}
