using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Pin;

public sealed class PinCommandTests : IAsyncLifetime
{
    private const string Web = "acme/web", Job = "acme/job";

    private PinFixture _pin = null!;

    public async ValueTask InitializeAsync()
    {
        _pin = await PinFixture.StartAsync();
        _pin.Text = """
            # Ours
            images:
              web: {repository: acme/web, tag: '1.29', digest: ''}
              job:
                repository: ghcr.io/acme/job
                tag: stable   # follows the releases
                digest: ""

            """;
    }

    public ValueTask DisposeAsync() => _pin.DisposeAsync();

    [Fact]
    public async Task Every_image_is_pinned_to_what_its_tag_stands_for()
    {
        var (web, job) = (_pin.Registry.Push(Web, "1.29", "web 1"), _pin.Registry.Push(Job, "stable", "job 1"));
        var text = _pin.Text;

        var result = await _pin.PinAsync();

        Assert.Equal(text.Replace("digest: ''", $"digest: '{web}'").Replace("\"\"", $"\"{job}\""), _pin.Text);
        Assert.Equal(
            $"""
            values.yaml:3  images.web  pinned      docker.io/acme/web:1.29  {web[..19]}
            values.yaml:7  images.job  pinned      ghcr.io/acme/job:stable  {job[..19]}
            2 pinned

            """,
            result.Output);
        Assert.Equal(ExitCodes.Done, result.ExitCode);
    }

    [Fact]
    public async Task A_pin_follows_its_tag()
    {
        var (web, _) = (_pin.Registry.Push(Web, "1.29", "web 1"), _pin.Registry.Push(Job, "stable", "job 1"));
        await _pin.PinAsync();
        var pinned = _pin.Text;
        var moved = _pin.Registry.Push(Web, "1.29", "web 2");

        var result = await _pin.PinAsync();

        Assert.Equal(pinned.Replace(web, moved), _pin.Text);
        Assert.Contains($"  moved       docker.io/acme/web:1.29  {web[..19]} -> {moved[..19]}\n", result.Output);
        Assert.EndsWith("1 moved, 1 unchanged\n", result.Output);
    }

    [Fact]
    public async Task A_file_whose_pins_are_current_is_not_written()
    {
        _pin.Registry.Push(Web, "1.29", "web 1");
        _pin.Registry.Push(Job, "stable", "job 1");
        await _pin.PinAsync();
        var written = Some.Now.UtcDateTime;
        File.SetLastWriteTimeUtc(_pin.Values, written);

        Assert.Equal(ExitCodes.Done, (await _pin.PinAsync()).ExitCode);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_pin.Values));
    }

    [Fact]
    public async Task Without_one_of_the_digests_nothing_is_written()
    {
        _pin.Registry.Push(Web, "1.29", "web 1");
        var text = _pin.Text;

        var result = await _pin.PinAsync();

        Assert.Equal(ExitCodes.Registry, result.ExitCode);
        Assert.Equal(text, _pin.Text);
        Assert.Contains("values.yaml:7  images.job  unresolved  ghcr.io/acme/job:stable  ", result.Output);
        Assert.EndsWith("\nnothing was written, since a digest is missing: 1 pinned, 1 unresolved\n", result.Output);
    }

    [Fact]
    public async Task A_check_fails_on_a_stale_pin_alone_and_changes_nothing()
    {
        var web = _pin.Registry.Push(Web, "1.29", "web 1");
        _pin.Registry.Push(Job, "stable", "job 1");
        var unpinned = await _pin.PinAsync(PinMode.Check);
        Assert.Equal((ExitCodes.Done, true), (unpinned.ExitCode, unpinned.Output.EndsWith("2 not pinned\n")));
        await _pin.PinAsync();
        Assert.Equal(ExitCodes.Done, (await _pin.PinAsync(PinMode.Check)).ExitCode);
        var moved = _pin.Registry.Push(Web, "1.29", "web 2");
        var text = _pin.Text;

        var result = await _pin.PinAsync(PinMode.Check);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Equal(text, _pin.Text);
        Assert.StartsWith(
            $"values.yaml:3  images.web  stale       docker.io/acme/web:1.29  {web[..19]} -> {moved[..19]}\n",
            result.Output);
    }

    [Fact]
    public async Task A_check_that_cannot_ask_fails_by_the_registry_unless_a_pin_is_stale()
    {
        _pin.Registry.Push(Web, "1.29", "web 1");
        Assert.Equal(ExitCodes.Registry, (await _pin.PinAsync(PinMode.Check)).ExitCode);
        _pin.Text = _pin.Text.Replace("digest: ''", $"digest: '{Some.B}'");
        Assert.Equal(ExitCodes.Usage, (await _pin.PinAsync(PinMode.Check)).ExitCode);
    }

    [Theory]
    [InlineData(PinMode.Pin, "1 pinned, 1 moved")]
    [InlineData(PinMode.Unpin, "1 not pinned, 1 unpinned")]
    internal async Task A_dry_run_says_what_would_be_done_and_changes_nothing(PinMode mode, string counts)
    {
        _pin.Registry.Push(Web, "1.29", "web 1");
        _pin.Registry.Push(Job, "stable", "job 1");
        _pin.Text = _pin.Text.Replace("\"\"", $"\"{Some.B}\"");
        var text = _pin.Text;

        var result = await _pin.PinAsync(new PinOptions { File = _pin.Values, Mode = mode, DryRun = true });

        Assert.Equal((ExitCodes.Done, text), (result.ExitCode, _pin.Text));
        Assert.EndsWith($"\ndry run, nothing was changed; a run would report: {counts}\n", result.Output);
    }

    [Fact]
    public async Task Unpinning_asks_nobody()
    {
        var text = _pin.Text;
        _pin.Text = text.Replace("\"\"", $"\"{Some.B}\"");

        var result = await _pin.PinAsync(PinMode.Unpin);

        Assert.Equal(text, _pin.Text);
        Assert.Empty(_pin.Registry.Requests);
        Assert.EndsWith(
            $"  unpinned    ghcr.io/acme/job:stable  {Some.B.Short()}\n1 not pinned, 1 unpinned\n", result.Output);
    }

    [Fact]
    public async Task One_image_that_stands_twice_is_asked_for_once()
    {
        _pin.Registry.Push(Web, "1.29", "web 1");
        _pin.Text = "a: acme/web:1.29\nb: {repository: acme/web, tag: '1.29', digest: ''}\n";

        await _pin.PinAsync(new PinOptions { File = _pin.Values, Paths = ["a", "b"] });

        Assert.Single(_pin.Registry.Requests, request => request.AuthKind == "Bearer");
    }

    [Fact]
    public async Task A_private_image_needs_the_credentials_of_the_configuration()
    {
        await using var pin = await PinFixture.StartAsync(new FakeRegistryOptions
        {
            Users = new Dictionary<string, string> { ["ann"] = "secret", },
            CanPull = (user, _) => user == "ann",
        });
        pin.Registry.Push(Web, "v1", "web");
        pin.Text = $"web: {pin.Registry.Host}/{Web}:v1";
        var options = new PinOptions { File = pin.Values, Paths = ["web"] };

        Assert.Equal(ExitCodes.Registry, (await pin.PinAsync(options)).ExitCode);
        pin.Configure($"{{\"{pin.Registry.Host}\": {{username: ann, passwordFile: {pin.With("password", "guess")}}}}}");
        var refused = await pin.PinAsync(options);
        Assert.Equal(ExitCodes.Registry, refused.ExitCode);
        Assert.DoesNotContain("guess", refused.Output);
        pin.With("password", "secret");
        Assert.Equal(ExitCodes.Done, (await pin.PinAsync(options)).ExitCode);
    }

    [Fact]
    public async Task Programs_are_told_in_json()
    {
        var web = _pin.Registry.Push(Web, "1.29", "web 1");
        _pin.Text = $"web: acme/web:1.29@{Some.B}\n";

        var result = await _pin.PinAsync(
            new PinOptions { File = _pin.Values, Paths = ["web"], Output = OutputFormat.Json });

        Assert.Equal(
            $$"""
            {
              "apiVersion": "refresh.tracebloc.io/v1",
              "kind": "PinReport",
              "file": "values.yaml",
              "written": true,
              "exitCode": 0,
              "images": [
                {
                  "path": "web",
                  "line": 1,
                  "image": "docker.io/acme/web:1.29",
                  "outcome": "moved",
                  "latest": "{{web}}",
                  "held": "{{Some.B}}"
                }
              ]
            }

            """,
            result.Output);
    }
}
