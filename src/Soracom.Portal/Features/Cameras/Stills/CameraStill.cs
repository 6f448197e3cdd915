namespace Soracom.Portal.Features.Cameras.Stills;

/// <summary>A picture of what a camera recorded.</summary>
/// <param name="Content">A JPEG file.</param>
/// <param name="At">The moment that it shows.</param>
internal sealed record CameraStill(ReadOnlyMemory<byte> Content, DateTimeOffset At);
