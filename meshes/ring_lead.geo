// A lead with four ring contacts beside a straight nerve with one fascicle, in a ball of fat.
//
//   gmsh -3 ring_lead.geo -format msh22 -bin -o ring_lead.msh        (Gmsh 4)
//
// Lengths in millimetres. The scene is that of configs/studies/own_mesh.toml: nerve along z, from z = +25
// (proximal) to -25; the lead "drg_slimtip" 1 mm dorsal of it (dorsal is -y), its tip at z = +11.
// Groups are named after what they are: tissues of configs/tissues.toml, contacts of the lead, the
// ground, the perineurium. The lead's body is a hole; what remains of its surface is in no group
// and lets no current through.

SetFactory("OpenCASCADE");

ball = 60; ball_z = -10;               // the ground
nerve = 2; half = 25;                  // radius, half length
fascicle = 1; fascicle_half = 24.5;    // radius, half length, at the centre of the nerve
lead = 0.5; lead_y = -3.5; tip = 11;   // radius, axis, tip of the round end
contact = 1.25; pitch = 6.25; tip_length = 1; bare = 18;

// The lead in pieces, so that each contact has a surface of its own.
Sphere(101) = {0, lead_y, tip - lead, lead};
Cylinder(102) = {0, lead_y, tip - lead, 0, 0, lead - tip_length, lead};
z = tip - tip_length;
n = 102;
For i In {1:4}
  n = n + 1;
  Cylinder(n) = {0, lead_y, z, 0, 0, -contact, lead};
  z = z - contact;
  gap = (i == 4) ? bare - lead : pitch - contact;
  n = n + 1;
  Cylinder(n) = {0, lead_y, z, 0, 0, -gap, lead};
  z = z - gap;
EndFor
n = n + 1;
Sphere(n) = {0, lead_y, z, lead};

Sphere(1) = {0, 0, ball_z, ball};
BooleanDifference(2) = { Volume{1}; Delete; }{ Volume{101:n}; Delete; };
Cylinder(3) = {0, 0, half, 0, 0, -2 * half, nerve};
Cylinder(4) = {0, 0, fascicle_half, 0, 0, -2 * fascicle_half, fascicle};
BooleanFragments{ Volume{2}; Delete; }{ Volume{3, 4}; Delete; }

// Volumes and surfaces are found by their boxes: their numbers depend on Gmsh's version.
e = 0.01;
inner() = Volume In BoundingBox{-fascicle - e, -fascicle - e, -half, fascicle + e, fascicle + e, half};
whole() = Volume In BoundingBox{-nerve - e, -nerve - e, -half - e, nerve + e, nerve + e, half + e};
sheath() = whole();
sheath() -= inner();
all() = Volume{:};
rest() = all();
rest() -= whole();
Physical Volume("endoneurium") = inner();
Physical Volume("epineurium") = sheath();
Physical Volume("fat") = rest();
Physical Surface("perineurium") = Abs(Boundary{ Volume{inner()}; });
border() = Abs(CombinedBoundary{ Volume{:}; });
edges() = {};
z = tip - tip_length;
For i In {1:4}
  ring() = Surface In BoundingBox{-lead - e, lead_y - lead - e, z - contact - e, lead + e, lead_y + lead + e, z + e};
  Physical Surface(Sprintf("E%g", i)) = ring();
  border() -= ring();
  edges() += Abs(Boundary{ Surface{ring()}; });
  z = z - pitch;
EndFor
border() -= Surface In BoundingBox{-lead - e, lead_y - lead - e, -ball, lead + e, lead_y + lead + e, ball};
Physical Surface("ground") = border();

// Sizes: fine at the contacts' edges, a few elements around lead, fascicle and nerve, more with
// distance. (u + Abs(u)) / 2 is u where it is positive.
Field[1] = Distance;
Field[1].CurvesList = {edges()};
Field[1].NumPointsPerCurve = 40;
Field[2] = MathEval;
Field[2].F = "0.3 + 0.65 * F1";
Field[3] = MathEval; // nerve
Field[3].F = "0.95 + 0.4 * (sqrt(x*x + y*y) - 2 + abs(sqrt(x*x + y*y) - 2)) + 0.4 * (abs(z) - 24 + abs(abs(z) - 24))";
Field[4] = MathEval; // lead
Field[4].F = "0.45 + 0.6 * (sqrt(x*x + (y+3.5)*(y+3.5)) - 0.5) + 0.3 * (abs(z + 8.5) - 19.5 + abs(abs(z + 8.5) - 19.5))";
Field[5] = Min;
Field[5].FieldsList = {2, 3, 4};
Background Field = 5;
Mesh.MeshSizeExtendFromBoundary = 0;
Mesh.MeshSizeFromPoints = 0;
Mesh.MeshSizeMax = 25;
Mesh.HighOrderOptimize = 1; // -order 2 otherwise leaves a few elements inverted
