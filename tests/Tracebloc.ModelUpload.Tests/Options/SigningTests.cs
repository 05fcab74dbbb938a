namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class SigningTests
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private static readonly (string, string)[] All =
    [
        ("SIGSTORE_TUF_URL", "https://tuf"), ("SIGSTORE_FULCIO_URL", "https://fulcio"),
        ("SIGSTORE_REKOR_URL", "https://rekor"),
    ];

    private static readonly FakeFiles Files = new((ServiceAccount, "a.b.c"), ("/key", "-----BEGIN PRIVATE KEY-----"));

    [Theory]
    [InlineData("true", 3, true)]
    [InlineData("false", 3, false)]
    [InlineData("false", 0, false)]
    [InlineData("", 3, true)]
    [InlineData("", 0, false)]
    [InlineData("", 2, false)]
    [InlineData("", 1, false)]
    public void The_option_or_all_three_services_decide(string sign, int services, bool isOn) => Assert.Equal(
        isOn, Some.Request(Some.Read(Files, All[..services], [("sign", sign)])).Signing.IsOn);

    [Theory]
    [InlineData(1, "signing is off: SIGSTORE_FULCIO_URL and SIGSTORE_REKOR_URL are not set; ")]
    [InlineData(2, "signing is off: SIGSTORE_REKOR_URL is not set; ")]
    public void Some_services_alone_are_a_warning_that_names_the_others(int services, string warning) =>
        Assert.StartsWith(warning, Assert.Single(Some.Read(Files, All[..services], []).Warnings));

    [Fact]
    public void Without_any_service_signing_is_off_silently() => Assert.Empty(Some.Read(Files).Warnings);

    [Fact]
    public void An_empty_variable_is_missing() => Assert.False(Some.Request(Some.Read(
        Files, [.. All[..2], ("SIGSTORE_REKOR_URL", "")], [])).Signing.IsOn);

    [Fact]
    public void Keyless_signing_has_its_services_and_token()
    {
        var signing = Some.Request(Some.Read(
            Files, [.. All, ("SIGSTORE_TSA_URL", "https://tsa/")], [("rekor-version", "2")])).Signing;
        Assert.Equal(new Uri("https://tuf"), signing.TufUrl);
        Assert.Equal(new Uri("https://fulcio"), signing.FulcioUrl);
        Assert.Equal(new Uri("https://rekor"), signing.RekorUrl);
        Assert.Equal(new Uri("https://tsa"), signing.TsaUrl);
        Assert.Equal(ServiceAccount, signing.IdentityTokenPath);
        Assert.Equal(2, signing.RekorVersion);
    }

    [Fact]
    public void All_that_keyless_signing_lacks_is_known_at_the_start()
    {
        var errors = Some.Read(FakeFiles.None, ("sign", "true")).Errors;
        Assert.Equal(4, errors.Count);
        Assert.Contains(
            "SIGSTORE_FULCIO_URL is not set, and signing is keyless; set it, or give --signing-key", errors);
        Assert.Contains(errors, error => error.StartsWith($"service account token {ServiceAccount} does not exist"));
    }

    [Fact]
    public void A_trusted_root_replaces_TUF()
    {
        var files = new FakeFiles((ServiceAccount, "a.b.c"), ("/root.json", "{}"));
        Assert.Equal("/root.json", Some.Request(Some.Read(
            files, All[1..], [("sign", "true"), ("trusted-root", "/root.json")])).Signing.TrustedRootPath);
    }

    [Fact]
    public void A_key_needs_no_service()
    {
        var result = Some.Read(
            Files, [("COSIGN_PASSWORD", "pass word\n")], [("signing-key", "/key")]);
        var signing = Some.Request(result).Signing;
        Assert.True(signing.IsOn);
        Assert.Equal("/key", signing.KeyPath);
        Assert.Equal("pass word", signing.KeyPassword?.Reveal());
        Assert.Null(signing.IdentityTokenPath);
        Assert.Contains(result.Secrets, secret => secret.Reveal() == "pass word");
    }

    [Fact]
    public void The_variable_of_a_password_must_be_set_where_it_is_named() => Assert.Equal(
        "--signing-key-password-envvar is \"PASS\"; that variable is not set: set it to the password of the key",
        Some.Error(Some.Read(Files, ("signing-key", "/key"), ("signing-key-password-envvar", "PASS"))));

    [Fact]
    public void An_address_of_a_service_has_a_scheme() => Assert.Equal(
        "SIGSTORE_TUF_URL is \"tuf\"; it has no scheme: write https://tuf or http://tuf",
        Some.Error(Some.Read(Files, [("SIGSTORE_TUF_URL", "tuf"), .. All[1..]], [])));
}
