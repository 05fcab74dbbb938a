using Tracebloc.ImageRefresh.Configuration;

namespace Tracebloc.ImageRefresh.Tests.Configuration;

public sealed class ConfigurationGateTests : IDisposable
{
    private readonly ConfigurationFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Nothing_is_asked_for_unless_it_is_written()
    {
        var gates = Assert.Single(_file.Read(With()).Images).Gates;

        Assert.False(gates.Hold);
        Assert.Null(gates.MinAge);
        Assert.Empty(gates.Windows);
        Assert.Null(gates.Platforms);
        Assert.Null(gates.Verify);
    }

    [Fact]
    public void What_is_written_is_asked_for()
    {
        var gates = Assert.Single(_file.Read(With(
            "hold: true", "minAge: 6h",
            "windows: [\"Mon-Fri 22:00-04:00 Europe/Berlin\", Sun 00:00-24:00 UTC]")).Images)
            .Gates;

        Assert.True(gates.Hold);
        Assert.Equal(TimeSpan.FromHours(6), gates.MinAge);
        Assert.Equal(
            ["Mon-Fri 22:00-04:00 Europe/Berlin", "Sun 00:00-24:00 UTC"],
            gates.Windows.Select(window => window.ToString()));
    }

    [Theory]
    [InlineData("[linux/amd64, linux/arm/v7]", false, "linux/amd64,linux/arm/v7")]
    [InlineData("nodes", true, "nodes")]
    [InlineData("[nodes/x]", false, "nodes/x")]
    public void Platforms_are_listed_or_those_of_the_nodes(string written, bool areOfNodes, string read)
    {
        var platforms = Assert.Single(_file.Read(With($"platforms: {written}")).Images).Gates.Platforms;

        Assert.Equal((areOfNodes, read), (platforms?.AreOfNodes, platforms?.ToString()));
        Assert.False(platforms?.IgnoresOthers);
    }

    [Fact]
    public void Other_platforms_are_ignored_when_it_says_so()
    {
        var read = _file.Read(With("platforms: nodes", "ignoreOtherPlatforms: true"));

        Assert.True(Assert.Single(read.Images).Gates.Platforms?.IgnoresOthers);
    }

    [Fact]
    public void Other_platforms_are_other_than_some() =>
        Assert.Equal(
            ["refresh.yaml:4: images[0]: platforms is missing; "
                + "ignoreOtherPlatforms needs it; write platforms: [linux/amd64], or nodes"],
            _file.ErrorsOf(With("ignoreOtherPlatforms: true")));

    [Fact]
    public void A_key_is_a_file_beside_the_configuration()
    {
        var key = _file.With("cosign.pub", "");

        var read = _file.Read(Setting("verify: {key: cosign.pub, signedAs: ghcr.io/acme/app}"));

        var verify = Assert.Single(read.Images).Gates.Verify;
        Assert.Equal((key, null, "ghcr.io/acme/app"), (verify?.KeyFile, verify?.Keyless, verify?.SignedAs?.Repository));
    }

    [Fact]
    public void Who_signs_without_keys_is_an_issuer_an_identity_and_a_trust_root()
    {
        var root = _file.With("root.json", "");

        var read = _file.Read(Setting("verify: {keyless: {issuer: https://a, identity: b@c, trustRoot: root.json}}"));

        Assert.Equal(
            new SignatureOptions { Keyless = new("https://a", "b@c", root) },
            Assert.Single(read.Images).Gates.Verify);
    }

    [Theory]
    [InlineData("{}", "verify: verify a key or keyless; write one of them")]
    [InlineData("{signedAs: app}", "verify: verify a key or keyless; write one of them")]
    [InlineData("{key: a.pub, keyless: {issuer: a, identity: b, trustRoot: a.pub}}",
        "verify: verify a key or keyless; write one of them")]
    [InlineData("{key: b.pub}", "verify.key: b.pub does not exist; check the path and that it is mounted")]
    [InlineData("{key: a.pub, kee: x}", "verify.kee: is not a known key; did you mean key?")]
    [InlineData("{key: a.pub, signedAs: A}", "verify.signedAs: ")]
    [InlineData("{keyless: {identity: b, trustRoot: a.pub}}", "verify.keyless: issuer is missing; write issuer: https")]
    [InlineData("{keyless: {issuer: a, trustRoot: a.pub}}", "verify.keyless: identity is missing; write identity: ")]
    [InlineData("{keyless: {issuer: a, identity: b}}", "verify.keyless: trustRoot is missing; write trustRoot: ")]
    [InlineData("{key: a.pub, advisory: true}",
        "verify.advisory: goes with restart; setEnv and setImage hold the digest; remove it")]
    [InlineData("{key: a.pub, notOlderThan: 90}", "verify.notOlderThan: must be text")]
    [InlineData("{key: a.pub, notOlderThan: 0d}", "verify.notOlderThan: \"0d\" is no number of days from 1d to 3650d")]
    [InlineData("{key: a.pub, notOlderThan: 9999d}",
        "verify.notOlderThan: \"9999d\" is no number of days from 1d to 3650d; write it as 90d")]
    [InlineData("cosign.pub", "verify: must be a mapping (key: value), but is \"cosign.pub\"")]
    public void What_is_verified_has_to_be_said_whole(string written, string error)
    {
        _file.With("a.pub", "");

        Assert.StartsWith(
            $"refresh.yaml:9: images[0].{error}", Assert.Single(_file.ErrorsOf(Setting($"verify: {written}"))));
    }

    [Fact]
    public void A_tag_that_a_restart_pulls_is_verified_for_information_only_and_has_to_say_so()
    {
        _file.With("a.pub", "");

        Assert.Equal(
            ["refresh.yaml:8: images[0].verify: restart pulls the tag, which verify cannot hold; write action: "
                + "setImage, or advisory: true"],
            _file.ErrorsOf(With("verify: {key: a.pub}")));
        var read = _file.Read(With("verify: {key: a.pub, advisory: true}"));
        Assert.True(Assert.Single(read.Images).Gates.Verify?.Advisory);
    }

    [Fact]
    public void An_age_of_a_signature_is_in_days()
    {
        _file.With("a.pub", "");

        var read = _file.Read(Setting("verify: {key: a.pub, notOlderThan: 90d}"));

        Assert.Equal(TimeSpan.FromDays(90), Assert.Single(read.Images).Gates.Verify?.NotOlderThan);
    }

    [Theory]
    [InlineData("minAge: 6", "minAge: \"6\" is not a duration; write it as 90s, 10m or 1h30m")]
    [InlineData("minAge: 1000h", "minAge: \"1000h\" is more than a week; write it as 90s, 10m or 1h30m")]
    [InlineData("windows: Sat 10:00-12:00 UTC", "windows: must be a list (- item), but is \"Sat 10:00-12:00 UTC\"")]
    [InlineData("windows: []", "windows: must not be an empty list; remove the key")]
    [InlineData("platforms: node", "platforms: must be a list (- item), but is \"node\"")]
    [InlineData("platforms: []", "platforms: must not be an empty list; remove the key")]
    [InlineData("platforms: [linux/amd64, arm64]",
        "platforms[1]: \"arm64\" is not a platform; write it as linux/amd64 or linux/arm/v7")]
    [InlineData("windows: [1]", "windows[0]: must be text, but is the number 1")]
    public void What_cannot_be_read_is_refused(string line, string error) =>
        Assert.Equal([$"refresh.yaml:8: images[0].{error}"], _file.ErrorsOf(With(line)));

    [Theory]
    [InlineData("Mon 10:00-12:00", "Mon 10:00-12:00", NoWindow)]
    [InlineData("Mon - Fri 10:00-12:00 UTC", "Mon - Fri 10:00-12:00 UTC", NoWindow)]
    [InlineData("Mo-Fr 10:00-12:00 UTC", "Mo-Fr", NoDays)]
    [InlineData("Mon-Wed-Fri 10:00-12:00 UTC", "Mon-Wed-Fri", NoDays)]
    [InlineData("Mon, 10:00-12:00 UTC", "Mon,", NoDays)]
    [InlineData("Mon 10-12 UTC", "10-12", NoHours)]
    [InlineData("Mon 9:00-12:00 UTC", "9:00-12:00", NoHours)]
    [InlineData("Mon 10:00-25:00 UTC", "10:00-25:00", NoHours)]
    [InlineData("Mon 24:00-04:00 UTC", "24:00-04:00", NoHours)]
    [InlineData("Mon 10:00 UTC", "10:00", NoHours)]
    [InlineData("Mon 10:00-10:00 UTC", "10:00-10:00", "opens and closes at once; a whole day is 00:00-24:00")]
    [InlineData("Mon 10:00-12:00 Europe/Berlln", "Europe/Berlln", NoZone)]
    [InlineData("Mon 10:00-12:00 CEST", "CEST", NoZone)]
    [InlineData("Mon 10:00-12:00 Europe", "Europe", NoZone)]
    [InlineData("Mon 10:00-12:00 ../zoneinfo/Europe/Berlin", "../zoneinfo/Europe/Berlin", NoZone)]
    public void A_window_says_what_is_wrong_with_it_where_it_stands(string window, string found, string error) =>
        Assert.Equal(
            [$"refresh.yaml:10: images[0].windows[1]: \"{found}\" {error}"],
            _file.ErrorsOf(With("windows:", "  - Sat 10:00-12:00 UTC", $"  - \"{window}\"")));

    private const string NoWindow = "is not days, hours and a time zone; write it as Mon-Fri 22:00-04:00 Europe/Berlin";
    private const string NoDays = "is not days; use Mon, Tue, Wed, Thu, Fri, Sat, Sun, joined as Mon-Fri or Sat,Sun";
    private const string NoHours =
        "is not hours; write it as Mon-Fri 22:00-04:00 Europe/Berlin, between 00:00 and 24:00";
    private const string NoZone = "is not a time zone; use a name of the IANA database, such as Europe/Berlin, or UTC";

    private static string Setting(params string[] lines) => With(["container: app", .. lines])
        .Replace("action: restart", "action: setImage", StringComparison.Ordinal);

    private static string With(params string[] lines) =>
        $"{ConfigurationFile.Head}images:\n"
        + "  - name: web\n    image: a\n    workload: deployment/a\n    action: restart\n"
        + string.Concat(lines.Select(line => $"    {line}\n"));
}
