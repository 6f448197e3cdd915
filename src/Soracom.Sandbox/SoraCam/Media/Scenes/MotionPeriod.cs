namespace Soracom.Sandbox.SoraCam.Media.Scenes;

/// <summary>While something moved before the camera, in Unix milliseconds, the end excluded.</summary>
internal readonly record struct MotionPeriod(long Start, long End);
