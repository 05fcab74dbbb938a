using System.Runtime.Versioning;
using System.Text;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Pin;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>The file that is written is the file that was read, but for the digests.</summary>
public sealed class PinFileTests : IAsyncLifetime
{
    private const string Content = "images: {web: {repository: acme/web, tag: v1, digest: ''}} # é";

    private PinFixture _pin = null!;
    private string _digest = "";

    public async ValueTask InitializeAsync()
    {
        _pin = await PinFixture.StartAsync();
        _digest = _pin.Registry.Push("acme/web", "v1", "web");
        _pin.Text = Content;
    }

    public ValueTask DisposeAsync() => _pin.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_byte_order_mark_is_kept(bool isMarked)
    {
        var encoding = new UTF8Encoding(isMarked);
        File.WriteAllText(_pin.Values, Content, encoding);
        await _pin.PinAsync();
        Assert.Equal(
            [.. encoding.GetPreamble(), .. encoding.GetBytes(Content.Replace("''", $"'{_digest}'"))],
            File.ReadAllBytes(_pin.Values));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Its_mode_is_kept_and_nothing_is_left_beside_it()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        var files = Directory.GetFiles(Path.GetDirectoryName(_pin.Values)!);
        File.SetUnixFileMode(_pin.Values, Mode);
        await _pin.PinAsync();
        Assert.Contains(_digest, _pin.Text);
        Assert.Equal(Mode, File.GetUnixFileMode(_pin.Values));
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(_pin.Values)!));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var link = _pin.Values + ".link";
        File.CreateSymbolicLink(link, "values.yaml");
        await _pin.PinAsync(new PinOptions { File = link });
        Assert.Equal("values.yaml", new FileInfo(link).LinkTarget);
        Assert.Contains(_digest, _pin.Text);
    }

    [Fact]
    public async Task The_parent_of_a_linked_folder_is_that_of_its_target()
    {
        // From the folder that the linked one leads to, .. is real.
        var folder = Path.GetDirectoryName(_pin.Values)!;
        Directory.CreateDirectory(Path.Combine(folder, "real", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "short"), "real/deep");
        var real = _pin.With("real/values.yaml", Content);
        _pin.Text = "images: {web: {repository: acme/other, tag: v1, digest: ''}}";

        await _pin.PinAsync(new PinOptions { File = Path.Combine(folder, "short", "..", "values.yaml") });

        Assert.Contains(_digest, File.ReadAllText(real));
        Assert.Contains("digest: ''", _pin.Text);
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_is_said_so()
    {
        _pin.Registry.When(_ => true, _ =>
        {
            File.Delete(_pin.Values);
            return FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "web"));
        });
        var exception = await Assert.ThrowsAsync<ConfigurationException>(() => _pin.PinAsync());
        Assert.StartsWith($"{_pin.Values}: cannot be written: Could not find file", exception.Message);
        Assert.DoesNotContain(
            Directory.GetFiles(Path.GetDirectoryName(_pin.Values)!), file => file.Contains("values.yaml"));
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_refused()
    {
        File.WriteAllBytes(_pin.Values, [0xFF, 0xFE, (byte)'a', 0, (byte)':', 0]);
        var exception = await Assert.ThrowsAsync<ConfigurationException>(() => _pin.PinAsync());
        Assert.Equal($"{_pin.Values}: is not UTF-8 text; a configuration is YAML or JSON", exception.Message);
    }
}
