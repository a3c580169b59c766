"""Studies on a user's own mesh: what is told of it, and what a mesh or study at fault is told."""

import pathlib
import random
import shutil

from foramen_process import Case, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDY = (ROOT / "configs/studies/own_mesh.toml").read_text()
MESH = (ROOT / "meshes/ring_lead.msh").read_bytes()


class Meshes(Case):
    study = STUDY.replace("../../meshes/", "")

    def setUp(self):
        super().setUp()
        self.mesh = self.folder / "ring_lead.msh"
        self.mesh.write_bytes(MESH)

    def check(self, old, new, *parts):
        self.assertIn(old, self.study)
        self.write(self.study.replace(old, new))
        return self.refused(2, *parts)

    def field(self, more, *parts):
        """Refused with more keys in [field]."""
        return self.check('mesh_unit = "mm"', 'mesh_unit = "mm"\n' + more, *parts)

    def test_groups_are_told(self):
        run = self.run_foramen("check", "study.toml")
        self.assertEqual(run.returncode, 0, run.err)
        for part in ("# mesh: ring_lead.msh: ", " straight tetrahedra of tissue",
                     '#   volume "endoneurium": endoneurium within a perineurium of 971 ohm cm2, ',
                     '#   volume "fat": fat, ', '#   contact "E4": ', " mm2, about (",
                     "#   ground: 186 faces; insulated: 0 by name, ", "; perineurium: 856"):
            self.assertIn(part, run.out)
        self.assertEqual(run.err, "")
        self.write(run.out)  # the resolved configuration runs again as it is
        again = self.run_foramen("check", "study.toml")
        self.assertEqual((again.returncode, again.out), (0, run.out), again.err)

    def test_folder_of_the_study(self):
        """The mesh is looked for beside the study, wherever the program runs."""
        away = self.folder / "away"
        away.mkdir()
        shutil.copy(self.path, away)
        shutil.move(self.mesh, away)
        run = self.run_foramen("check", "away/study.toml")
        self.assertEqual(run.returncode, 0, run.err)

    def test_case(self):
        self.write(self.study + '\n[case]\noffset = ["0 mm", "-40 mm", "0 mm"]\n'
                   'size = ["20 mm", "20 mm", "8 mm"]\n')
        self.refused(2, "study.toml:", "the program puts the [case] in meshes of its own only",
                     "remove field.mesh or [case]")

    def test_absent_mesh(self):
        self.check("ring_lead.msh", "ring_led.msh", "study.toml:", "there is no file ring_led.msh",
                   "from the study's folder")

    def test_not_a_mesh(self):
        self.mesh.write_text("solid cube")
        self.refused(2, "ring_lead.msh", "it does not begin with $MeshFormat")

    def test_damaged_meshes_never_crash_the_program(self):
        """Random bytes in a binary file: it is read all the same, or refused with a message."""
        dice = random.Random(1)
        for _ in range(8):
            damaged = bytearray(MESH)
            for _ in range(dice.choice((1, 5, 50))):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            self.mesh.write_bytes(damaged)
            run = self.run_foramen("check", "study.toml")
            self.assertIn(run.returncode, (0, 2, 3), run.err)
            if run.returncode:
                self.assertIn("remedy: ", run.err)

    def test_keys_without_sense(self):
        self.field("refine = 2.0", "study.toml:", "a mesh of one's own cannot be refined here")
        self.field('resolution = "draft"', "it has no effect on a mesh of one's own")
        self.field('kind = "point_sources"', "point sources need ")
        self.check("\n[populations.alpha", '\n[field.groups]\n"fat" = "fatt"\n[populations.alpha',
                   "fatt", 'did you mean "fat"?')
        self.check("\n[populations.alpha", "\n[field.directions]\nmuscle = [0, 0, 0]\n[populations.alpha",
                   "a direction has three components, not all zero")
        self.check("\n[populations.alpha", "\n[field.directions]\nmussle = [0, 0, 1]\n[populations.alpha",
                   "mussle", "muscle")
        self.check("\n[populations.alpha", '\n[field.groups]\n"Volume 3" = "fat"\n[populations.alpha',
                   "ring_lead.msh", 'it has no physical group "Volume 3"')

    def test_contact_of_another_lead(self):
        self.check('"drg_slimtip"', '"octrode"', "ring_lead.msh",
                   'no physical group is contact "E5" of the study\'s lead', '"E4", "ground"')

    def test_fibre_outside_the_mesh(self):
        self.check('mesh_unit = "mm"', 'mesh_unit = "um"', "ring_lead.msh")
        self.study = self.study.replace('radius = "60 mm"', 'radius = "120 mm"')
        self.check('length = "50 mm"', 'length = "110 mm"',
                   "population alpha_motor, fibre ", "it leaves the mesh ring_lead.msh at (",
                   "mesh all of the nerve, which runs from (")

    def test_warnings(self):
        self.write(self.study.replace('position = "0 mm"', 'position = "3 mm"'))
        run = self.run_foramen("check", "study.toml")
        self.assertEqual(run.returncode, 0, run.err)
        self.assertIn("contact E1 of ring_lead.msh lies about (", run.err)
        self.assertIn("remedy: place the lead ([lead]) where the mesh has it", run.err)
        self.write(self.study.replace('foramen_position = "25 mm"', 'foramen_position = "0 mm"'))
        run = self.run_foramen("check", "study.toml")
        self.assertEqual(run.returncode, 0, run.err)
        self.assertIn("% of the fibres' length lies outside of their fascicle in ring_lead.msh", run.err)
        self.write(self.study + '\n[field.groups]\nE1 = "E2"\nE2 = "E1"\n')
        run = self.run_foramen("check", "study.toml")
        self.assertEqual(run.returncode, 0, run.err)
        self.assertIn("contact E2 of ring_lead.msh lies about (", run.err)

    def test_another_mesh_of_the_same_name_is_another_field(self):
        """The cache goes by what the mesh holds."""
        import h5py

        def impedance(*more):
            run = self.run_foramen("run", "study.toml", "--out", "out", "--set",
                                   "output.field_file=false", *more)
            self.assertEqual(run.returncode, 0, run.err)
            with h5py.File(self.folder / "out/results.h5") as f:
                return f["field/impedance"][()]

        self.write(self.study.replace("count = 60", "count = 4"))
        first = impedance()
        # Exchanges the names of two groups in the file, not their contacts' places in the study.
        self.mesh.write_bytes(MESH.replace(b'"E1"', b'"Ex"').replace(b'"E3"', b'"E1"')
                              .replace(b'"Ex"', b'"E3"'))
        second = impedance()
        self.assertAlmostEqual(second[2, 2] / first[0, 0], 1.0, delta=1e-7)
        self.assertGreater(abs(second[0, 0] / first[0, 0] - 1.0), 1e-4)
        thicker = impedance("--set", "field.perineurium_resistance=10 ohm*m^2")
        self.assertGreater(thicker[0, 0], second[0, 0])


main()
