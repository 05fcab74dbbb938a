using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tracebloc.Net.Tests;

/// <summary>The chains of <see cref="SystemTrustTests"/>, by the name of the case.</summary>
internal static class TrustCases
{
    private static readonly TestIssuer Root = TestIssuer.Root("Root");
    private static readonly TestIssuer Other = TestIssuer.Root("Other");
    private static readonly TestIssuer Inner = Root.Inner("Inner");
    private static readonly X509Certificate2 Leaf = Inner.Leaf();
    private static readonly TestIssuer Short = TestIssuer.Root("Short", root => root with { PathLength = 0 });
    private static readonly TestIssuer ShortInner = Short.Inner("Inner");

    private static readonly TestIssuer SelfSigned = TestIssuer.Root(
        "self", own => own with { Host = "localhost", IsAuthority = false });

    public static IReadOnlyDictionary<string, TrustCase> All { get; } = Chains()
        .Concat(Constraints()).Concat(Names()).Concat(Files()).ToDictionary();

    private static Dictionary<string, TrustCase> Chains() => new()
    {
        ["root in the bundle"] = new(true, Other.Pem + Root.Pem, Leaf, Inner.Certificate),
        ["root sent as well"] = new(true, Root.Pem, Leaf, Inner.Certificate, Root.Certificate),
        ["root sent and not trusted"] = new(false, Other.Pem, Leaf, Inner.Certificate, Root.Certificate),
        ["another root of the same name"] = new(false, TestIssuer.Root("Root").Pem, Leaf, Inner.Certificate),
        ["two roots of one name, the right one first"] = new(
            true, Root.Pem + TestIssuer.Root("Root").Pem, Leaf, Inner.Certificate),
        ["two roots of one name, the wrong one first"] = new(
            false, TestIssuer.Root("Root").Pem + Root.Pem, Leaf, Inner.Certificate),
        ["no authorities"] = new(false, "", Leaf, Inner.Certificate),
        ["authority removed"] = new(false, Other.Pem, Leaf, Inner.Certificate),
        ["missing intermediate"] = new(false, Root.Pem, Leaf),
        ["intermediate of the system"] = new(true, Root.Pem + Inner.Pem, Leaf),
        ["intermediate of the system without its root"] = new(false, Inner.Pem, Leaf),
        ["intermediate sent in the wrong order"] = new(true, Root.Pem, Leaf, Root.Certificate, Inner.Certificate),
        ["cross-signed by a trusted root"] = new(
            true, Other.Pem, Leaf, Inner.Certificate, Root.SignedBy(Other).Certificate),
        ["cross-signed by an unknown root"] = new(
            true, Root.Pem, Leaf, Inner.Certificate, Root.SignedBy(Other).Certificate),
        ["cross-signed by an expired root"] = new(
            true,
            Root.Pem + Other.Again(old => old.Expired()).Pem,
            Leaf, Inner.Certificate, Root.SignedBy(Other).Certificate),
        ["cross-signed within the system"] = new(
            true, Other.Pem + Root.SignedBy(Other).Pem, Leaf, Inner.Certificate),
        ["self-signed and trusted"] = new(true, SelfSigned.Pem, SelfSigned.Certificate),
        ["self-signed and unknown"] = new(false, Root.Pem, SelfSigned.Certificate),
    };

    private static Dictionary<string, TrustCase> Constraints() => new()
    {
        ["expired leaf"] = new(false, Root.Pem, Inner.Leaf(leaf => leaf.Expired()), Inner.Certificate),
        ["leaf of tomorrow"] = new(
            false, Root.Pem, Root.Leaf(leaf => leaf with
            {
                Validity = (TestIssuer.Now.AddDays(1), TestIssuer.Now.AddDays(2)),
            })),
        ["expired leaf of an unknown root"] = new(false, Other.Pem, Root.Leaf(leaf => leaf.Expired())),
        ["expired intermediate"] = Through(Root.Inner("Inner", inner => inner.Expired()), false),
        ["expired root"] = Below(TestIssuer.Root("Root", root => root.Expired()), false),
        ["root renewed with its key"] = new(
            true, Root.Again(old => old.Expired()).Pem + Root.Pem, Leaf, Inner.Certificate),
        ["root that is no authority"] =
            Below(TestIssuer.Root("Root", root => root with { IsAuthority = false }), false),
        ["intermediate that is no authority"] = Through(
            Root.Inner("Inner", inner => inner with { IsAuthority = false }), false),
        ["path longer than allowed"] = new(
            false,
            Short.Pem,
            ShortInner.Leaf(), ShortInner.Certificate),
        ["certificate for clients"] = new(
            false, Root.Pem, Root.Leaf(leaf => leaf with { Purpose = "1.3.6.1.5.5.7.3.2" })),
        ["intermediate for clients"] = Through(
            Root.Inner("Inner", inner => inner with { Purpose = "1.3.6.1.5.5.7.3.2" }), false),
        ["name outside of a constraint"] = Through(Constrained("example.com"), false),
        ["name within a constraint"] = Through(Constrained("localhost"), true),
        ["leaf changed after it was signed"] = new(false, Root.Pem, Tampered(Root.Leaf())),
    };

    private static Dictionary<string, TrustCase> Names()
    {
        var printable = TestIssuer.Root(TestIssuer.Name("Root of  all", UniversalTagNumber.PrintableString));
        var wide = TestIssuer.Root(TestIssuer.Name("Wurzel \u00dc\u4142", UniversalTagNumber.BMPString));
        var mixed = TestIssuer.Root(
            TestIssuer.Name("Mixed", UniversalTagNumber.PrintableString),
            root => root with { IssuerName = TestIssuer.Name("Mixed") });
        return new()
        {
            ["issuer named in other letters"] = new(true, printable.Pem, Named(printable, " ROOT OF all")),
            ["issuer named in another encoding"] = new(true, wide.Pem, Named(wide, "wurzel \u00dc\u4142")),
            ["root that names itself in two encodings"] = new(true, mixed.Pem, mixed.Leaf()),
            ["unknown root that names itself in two encodings"] = new(
                false, Root.Pem, mixed.Leaf(), mixed.Certificate),
            ["issuer of another name"] = new(false, printable.Pem, Named(printable, "Root of none")),
        };
    }

    private static Dictionary<string, TrustCase> Files() => new()
    {
        ["root in a folder, by any name"] = new(true, "", Leaf, Inner.Certificate)
        {
            Folders = new Dictionary<string, string> { ["a/mine.txt"] = Root.Pem },
        },
        ["root in the second folder"] = new(true, Other.Pem, Leaf, Inner.Certificate)
        {
            Folders = new Dictionary<string, string> { ["a/x.pem"] = Other.Pem, ["b/0a1b2c3d.0"] = Root.Pem },
        },
        ["root in the bundle, intermediate in a folder"] = new(true, Root.Pem, Leaf)
        {
            Folders = new Dictionary<string, string> { ["b/inner.pem"] = Inner.Pem },
        },
        ["BEGIN TRUSTED CERTIFICATE"] = new(false, Trusted(Root), Leaf, Inner.Certificate),
        ["trusted form before the plain form"] = new(true, Trusted(Root) + Root.Pem, Leaf, Inner.Certificate),
        ["BEGIN X509 CERTIFICATE"] = new(
            true, Root.Pem.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal),
            Leaf, Inner.Certificate),
        ["text between certificates"] = new(
            true, $"\uFEFF{Other.Pem}# -----BEGIN CERTIFICATE----- of ours\n{Root.Pem}", Leaf, Inner.Certificate),
        ["lines that end as on Windows"] = new(
            true, Root.Pem.Replace("\n", "\r\n", StringComparison.Ordinal), Leaf, Inner.Certificate),
        ["indented"] = new(
            false, $"  {Root.Pem.Replace("\n", "\n  ", StringComparison.Ordinal)}", Leaf, Inner.Certificate),
        ["behind one cut short"] = new(false, Other.Pem[..120] + "\n" + Root.Pem, Leaf, Inner.Certificate),
        ["behind one that is no base64"] = new(
            false, Other.Pem.Replace("MII", "M!!", StringComparison.Ordinal) + Root.Pem, Leaf, Inner.Certificate),
        ["behind one that is no certificate"] = new(
            false, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + Root.Pem,
            Leaf, Inner.Certificate),
        ["DER"] = new(false, Encoding.Latin1.GetString(Root.Certificate.RawData), Leaf, Inner.Certificate),
    };

    private static TrustCase Through(TestIssuer inner, bool expected) =>
        new(expected, Root.Pem, inner.Leaf(), inner.Certificate);

    private static TrustCase Below(TestIssuer root, bool expected) => new(expected, root.Pem, root.Leaf());

    private static X509Certificate2 Named(TestIssuer issuer, string name) =>
        issuer.Leaf(leaf => leaf with { IssuerName = TestIssuer.Name(name) });

    // RFC 5280, section 4.2.1.10: one permitted DNS name.
    private static TestIssuer Constrained(string host)
    {
        byte[] name = [0x82, (byte)host.Length, .. Encoding.ASCII.GetBytes(host)];
        byte[] subtree = [0x30, (byte)name.Length, .. name];
        byte[] permitted = [0xA0, (byte)subtree.Length, .. subtree];
        return Root.Inner("Inner", inner => inner with
        {
            Extension = new X509Extension("2.5.29.30", [0x30, (byte)permitted.Length, .. permitted], true),
        });
    }

    private static X509Certificate2 Tampered(X509Certificate2 leaf)
    {
        var der = leaf.RawData;
        der[^1] ^= 1;
        return X509CertificateLoader.LoadCertificate(der);
    }

    // The certificate and an empty CertAux.
    private static string Trusted(TestIssuer issuer) =>
        "-----BEGIN TRUSTED CERTIFICATE-----\n"
        + Convert.ToBase64String(
            [.. issuer.Certificate.RawData, 0x30, 0x00], Base64FormattingOptions.InsertLineBreaks)
            .Replace("\r", "", StringComparison.Ordinal)
        + "\n-----END TRUSTED CERTIFICATE-----\n";
}
