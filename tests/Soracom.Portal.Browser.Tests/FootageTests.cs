using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox.SoraCam.Media;
using Soracom.Sandbox.SoraCam.Media.Jpeg;
using Soracom.Sandbox.SoraCam.Media.Mp4;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Portal.Browser.Tests;

/// <summary>What the sandbox's cameras deliver is played by a real browser, and shows the moment that it should.</summary>
/// <param name="browser">The browser.</param>
public sealed class FootageTests(TheBrowser browser)
{
    private const int Length = 9_100;
    private const int Moment = 6_200;

    // Colour conversion and scaling of chroma.
    private const double Tolerance = 6;

    private const string Tools = """
        const bytes = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));
        const happens = (target, name) => new Promise((resolve, reject) => {
            target.addEventListener(name, resolve, { once: true });
            target.addEventListener('error', () => reject(new Error(name + ': ' + (target.error?.message ?? 'failed'))), { once: true });
        });
        const colours = (source, width, height, points) => {
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [width, height];
            const context = canvas.getContext('2d', { willReadFrequently: true });
            context.drawImage(source, 0, 0);
            return points.flatMap(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
        };
        const play = async (video, moment, points) => {
            if (video.readyState < 2) await happens(video, 'loadeddata');
            const shown = [video.videoWidth, video.videoHeight, video.duration];
            // Having sought there is not yet showing it: a busy machine still draws the frame before.
            const there = new Promise(resolve => {
                const look = (_, { mediaTime }) => mediaTime <= moment && mediaTime > moment - 1 ? resolve() : video.requestVideoFrameCallback(look);
                video.requestVideoFrameCallback(look);
            });
            video.currentTime = moment;
            await happens(video, 'seeked');
            await there;
            shown.push(...colours(video, video.videoWidth, video.videoHeight, points));
            await video.play();
            while (video.currentTime <= moment + 0.3) await happens(video, 'timeupdate');
            return shown;
        };
        const make = () => { const video = document.createElement('video'); video.muted = true; document.body.append(video); return video; };

        """;

    private static readonly long Start = new DateTimeOffset(2026, 11, 21, 1, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    // In pixels: wall, door, the walking person's body, the clock's ground.
    private static readonly int[][] Points = [[1000, 100], [300, 500], [960, 600], [62, 978]];

    [Theory]
    [InlineData(null)]
    [InlineData("pcm_s16le")]
    [InlineData("mp3")]
    public async Task Mp4_OfAnyCodec_PlaysAndShowsTheMoment(string? codec)
    {
        using var file = new MemoryStream();
        await Mp4File.Plan(Footage(), SilentSound.Find(codec), TestContext.Current.CancellationToken).WriteAsync(file, TestContext.Current.CancellationToken);

        var shown = await ShownAsync(
            """
            const video = make();
            video.src = URL.createObjectURL(new Blob([bytes(files[0])], { type: 'video/mp4' }));
            return await play(video, moment, points);
            """,
            file.ToArray());

        AssertMoment(shown, [1920, 1080, Length / 1000.0]);
    }

    [Fact]
    public async Task Dash_SegmentsGivenToAPlayersBuffer_PlayAndShowTheMoment()
    {
        var footage = Footage();
        var shown = await ShownAsync(
            """
            const video = make();
            const source = new MediaSource();
            video.src = URL.createObjectURL(source);
            await happens(source, 'sourceopen');
            const buffer = source.addSourceBuffer('video/mp4; codecs="avc1.42C028"');
            for (const file of files) {
                const done = happens(buffer, 'updateend');
                buffer.appendBuffer(bytes(file));
                await done;
            }
            source.endOfStream();
            return await play(video, moment, points);
            """,
            [Fragments.Initialisation(footage).ToArray(), .. Enumerable.Range(0, footage.GroupCount).Select(i => Fragments.Media(footage, i).ToArray())]);

        AssertMoment(shown, [1920, 1080, Length / 1000.0]);
    }

    [Fact]
    public async Task Still_OfAMoment_ShowsIt()
    {
        var shown = await ShownAsync(
            """
            const image = await createImageBitmap(new Blob([bytes(files[0])], { type: 'image/jpeg' }));
            return [image.width, image.height, ...colours(image, image.width, image.height, points)];
            """,
            JpegEncoder.Encode(Seen()));

        AssertMoment(shown, [1920, 1080]);
    }

    private static Scene Scene() => new("7CDDDEADBEEF", TimeSpan.FromHours(9), time => new MotionPeriod(Start, Start + (2 * Moment)));

    private static Footage Footage() => new(Scene(), Start, Start + Length);

    private static Picture Seen()
    {
        var picture = new Picture();
        Scene().Draw(picture, Start + Moment);
        return picture;
    }

    private static void AssertMoment(double[] shown, double[] facts)
    {
        Assert.Equal(facts, shown[..facts.Length]);
        var seen = Seen();
        double[] expected = [.. Points.SelectMany(point => Rgb(seen, point[0] / Picture.CellPixels, point[1] / Picture.CellPixels))];
        Assert.All(expected.Zip(shown[facts.Length..]), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
    }

    // BT.601, full range.
    private static double[] Rgb(Picture picture, int x, int y)
    {
        var luma = picture.Luma[(y * Picture.Width) + x];
        var chroma = (y / 2 * Picture.ChromaWidth) + (x / 2);
        var (blue, red) = (picture.Cb[chroma] - 128, picture.Cr[chroma] - 128);
        return [luma + (1.402 * red), luma - (0.344136 * blue) - (0.714136 * red), luma + (1.772 * blue)];
    }

    private async Task<double[]> ShownAsync(string script, params byte[][] files)
    {
        var running = await browser.GetAsync();
        await using var context = await running.NewContextAsync();
        var page = await context.NewPageAsync();
        var arguments = new { files = files.Select(Convert.ToBase64String).ToArray(), moment = (Moment + 50) / 1000.0, points = Points };
        return await page.EvaluateAsync<double[]>($"async ({{ files, moment, points }}) => {{\n{Tools}{script}\n}}", arguments);
    }
}
