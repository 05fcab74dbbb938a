using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class ImageResolutionTests : IDisposable
{
    private static readonly Ingestion.Specifications.FileOptions Options = new() { TargetSize = new(64, 48) };

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Images_of_the_size_pass_whatever_their_format()
    {
        _folder.With("images/a.jpg", SampleImages.Jpeg(64, 48))
            .With("images/b.jpg", SampleImages.Png(64, 48))
            .With("images/c.jpg", SampleImages.Jpeg(64, 48, comment: 60_000))
            .With("images/d.jpg", [.. SampleImages.Jpeg(64, 48), .. new byte[500]])
            .With("images/e.jpg", [.. SampleImages.Png(64, 48), .. new byte[500]]);

        Assert.Empty(_folder.Printed(await CheckAsync(_folder.Images)));
    }

    [Fact]
    public async Task Images_and_masks_of_another_size_are_named()
    {
        _folder.With("images/a.jpg", SampleImages.Jpeg(63, 48))
            .With("images/b.jpg", SampleImages.Jpeg(64, 48))
            .With("masks/b_mask.png", SampleImages.Png(64, 47));

        Assert.Equal(
            [
                "images/a.jpg: is 63x48, not 64x48; resize it, or set spec.file_options.target_size",
                "masks/b_mask.png: is 64x47, not 64x48; resize it, or set spec.file_options.target_size",
            ],
            _folder.Printed(await CheckAsync(_folder.Images, _folder.Masks)));
    }

    [Fact]
    public async Task The_least_size_is_a_lower_bound()
    {
        _folder.With("images/a.jpg", SampleImages.Jpeg(20, 10)).With("images/b.jpg", SampleImages.Jpeg(20, 9));

        var findings = await SampleFolder.CheckAsync(new ImageResolutionValidator(
            _folder.Of(_folder.Images), new() { MinSize = new(20, 10) }));

        Assert.Equal(["images/b.jpg: is 20x9, less than the min_size of 20x10; replace it"], _folder.Printed(findings));
    }

    [Fact]
    public async Task Damaged_images_are_diagnosed()
    {
        var (png, jpeg) = (SampleImages.Png(64, 48), SampleImages.Jpeg(64, 48));
        _folder.With("images/empty.jpg")
            .With("images/gif.jpg", "GIF89a and more bytes")
            .With("images/html.jpg", "<html>404</html>")
            .With("images/jpeg-cut.jpg", jpeg[..^2])
            .With("images/jpeg-header.jpg", jpeg[..30])
            .With("images/jpeg-scan.jpg", [0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0])
            .With("images/jpeg-zero.jpg", SampleImages.Jpeg(64, 0))
            .With("images/png-cut.jpg", png[..^4])
            .With("images/png-header.jpg", png[..20])
            .With("images/png-zero.jpg", SampleImages.Png(0, 48))
            .With("images/text.jpg", "cats are fine");

        Assert.Equal(
            [
                "images/empty.jpg: is empty; copy the image again, or remove it",
                "images/gif.jpg: is neither JPEG nor PNG, but GIF; convert or replace it",
                "images/html.jpg: is neither JPEG nor PNG, but HTML or XML; convert or replace it",
                "images/jpeg-cut.jpg: is truncated: its end is missing; copy it again",
                "images/jpeg-header.jpg: is truncated: it ends before its size; copy it again",
                "images/jpeg-scan.jpg: is corrupt: its JPEG headers hold no size; replace it",
                "images/jpeg-zero.jpg: is corrupt: its JPEG header holds no size; replace it",
                "images/png-cut.jpg: is truncated: its end is missing; copy it again",
                "images/png-header.jpg: is truncated: it ends within its header; copy it again",
                "images/png-zero.jpg: is corrupt: its PNG header holds no size; replace it",
                "images/text.jpg: is neither JPEG nor PNG; convert or replace it",
            ],
            _folder.Printed(await CheckAsync(_folder.Images)));
    }

    [Fact]
    public async Task A_decompression_bomb_is_refused_by_its_header()
    {
        var bomb = SampleImages.Png(64, 48);
        bomb[16] = 0x00;
        bomb[17] = 0x01;
        bomb[21] = 0x01;
        _folder.With("images/bomb.jpg", bomb);

        Assert.Equal(
            ["images/bomb.jpg: declares 65600x65584 pixels, a decompression bomb; replace it"],
            _folder.Printed(await CheckAsync(_folder.Images)));
    }

    [Fact]
    public async Task Segments_without_end_are_given_up()
    {
        byte[] segment = [0xff, 0xfe, 0x00, 0x02];
        _folder.With(
            "images/long.jpg", [0xff, 0xd8, .. Enumerable.Repeat(segment, 5_000).SelectMany(each => each)]);

        Assert.Equal(
            ["images/long.jpg: is corrupt: its JPEG headers hold no size; replace it"],
            _folder.Printed(await CheckAsync(_folder.Images)));
    }

    [Fact]
    public void Damaged_headers_never_throw()
    {
        var random = new Random(12);
        byte[][] whole = [SampleImages.Png(64, 48), SampleImages.Jpeg(64, 48, comment: 10)];
        foreach (var image in Enumerable.Range(0, 4_000).Select(i => whole[i % 2].ToArray()))
        {
            for (var i = 0; i < 3; i++) image[random.Next(Math.Min(image.Length, 60))] = (byte)random.Next(256);
            _folder.With("image", image[..random.Next(image.Length + 1)]);
            using var file = File.OpenHandle(_folder.At("image"));

            var size = ImageHeader.Read(file, out var fault);

            Assert.True(size is null != fault is null);
        }
    }

    private Task<Findings> CheckAsync(params IReadOnlyList<FileLayout> layout) =>
        SampleFolder.CheckAsync(new ImageResolutionValidator(_folder.Of(layout), Options));
}
